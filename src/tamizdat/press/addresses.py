"""Tell addresses of this machine from all others."""

import ipaddress


def is_loopback_host(host: str) -> bool:
    """Tell whether a host is this machine by its name or number."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
