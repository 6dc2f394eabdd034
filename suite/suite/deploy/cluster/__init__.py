"""The province on a cluster: every object of Kubernetes that follows from the services' manifests."""
