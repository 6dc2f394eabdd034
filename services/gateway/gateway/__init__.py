"""The edge: Envoy configuration rendered from one route table."""
