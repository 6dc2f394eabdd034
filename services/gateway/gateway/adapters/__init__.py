"""Envoy as a program: started from files that it watches."""
