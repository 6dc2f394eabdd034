"""What officers and neighbours can make processing do, one verb per file."""
