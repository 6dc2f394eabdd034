"""The suite as docker-compose.yml runs it, what may befall its containers, and what its databases hold."""
