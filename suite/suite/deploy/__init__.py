"""Deployments written from the services' manifests: containers on one host, and on a cluster."""
