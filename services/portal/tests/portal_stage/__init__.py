"""The stage on which the portal is tested: fake services, sample answers, a browser without JavaScript."""
