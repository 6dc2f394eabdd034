"""The real file inspection, antivirus, form checking, printing and signature checking."""
