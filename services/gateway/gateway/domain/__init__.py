"""What the edge does with a request, written for Envoy."""
