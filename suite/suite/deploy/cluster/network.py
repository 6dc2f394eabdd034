"""Who may speak to whom: nobody, but for the arrows that follow from what each service is told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from suite.deploy.cluster.objects import NAME, NEIGHBOUR, OF, PART, ROLE, Object, thing
from suite.deploy.cluster.plan import Address, running, spoken_to
from suite.run.manifest import Manifest

KIND: Final = ("networking.k8s.io/v1", "NetworkPolicy")
EDGE_PORT: Final = 8080
JOBS: Final[Mapping[str, tuple[Address, ...]]] = {
    "migrate": (Address("postgres", 5432),),
    "topology": (Address("rabbitmq", 5672),),
    "seed": (Address("objects", 8333), Address("postgres", 5432)),
}
"""The one-shot jobs, and whom they speak to."""


def arrows(told: Mapping[str, Manifest]) -> dict[str, tuple[Address, ...]]:
    """Return whom each service, each job and the edge may speak to."""
    services = {name: spoken_to(name) for name in running(told)}
    behind = tuple(
        Address(f"{name}-api", one.probes.port) for name, one in running(told).items() if one.routes
    )
    return {**services, **JOBS, "gateway": behind}


def policies(told: Mapping[str, Manifest]) -> list[Object]:
    """Return every rule of the network; the names of hosts are those of the pods' labels."""
    drawn = arrows(told)
    incoming: dict[Address, list[str]] = defaultdict(list)
    for name, addresses in drawn.items():
        for address in addresses:
            incoming[address].append(name)
    return [
        _nobody(),
        _names(),
        _numbers(told),
        _door(),
        *(_out(name, addresses) for name, addresses in drawn.items() if addresses),
        *(_into(host, incoming) for host in sorted({address.host for address in incoming})),
    ]


def policy(name: str, who: Object, **rules: object) -> Object:
    """Return one rule about pods; what it does not speak of it leaves to the others."""
    kinds = [kind.capitalize() for kind in ("ingress", "egress") if kind in rules]
    return thing(*KIND, name, {}, spec={"podSelector": who, "policyTypes": kinds, **rules})


def _nobody() -> Object:
    return policy("default-deny", {}, ingress=[], egress=[])


def _names() -> Object:
    """Let every pod of ours ask for names, also where each node keeps them at an address of its own."""
    ports = [{"protocol": protocol, "port": 53} for protocol in ("UDP", "TCP")]
    there = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}
    node = {"ipBlock": {"cidr": "169.254.0.0/16"}}
    return policy("names", _ours(), egress=[{"to": [there, node], "ports": ports}])


def _numbers(told: Mapping[str, Manifest]) -> Object:
    """Let the namespace that watches read every pod's numbers."""
    ports = sorted({one.probes.watch for one in running(told).values()})
    return policy("numbers", _ours(), ingress=[{"from": [_namespace("monitoring")], "ports": _tcp(ports)}])


def _door() -> Object:
    """Let the cluster's Gateway in, to the edge alone."""
    who = {"matchLabels": {OF: "motcua", NAME: "gateway"}}
    return policy("door", who, ingress=[{"from": [_namespace("ingress")], "ports": _tcp([EDGE_PORT])}])


def _out(name: str, addresses: Iterable[Address]) -> Object:
    rules = [{"to": [{"podSelector": _behind(one)}], "ports": _tcp([one.port])} for one in addresses]
    return policy(f"{name}-out", _pods_of(name), egress=rules)


def _into(host: str, incoming: Mapping[Address, Iterable[str]]) -> Object:
    """Let in at each port of a host who speaks to it there."""
    there = sorted(address for address in incoming if address.host == host)
    rules = [
        {
            "from": [{"podSelector": _pods_of(name)} for name in sorted(incoming[address])],
            "ports": _tcp([address.port]),
        }
        for address in there
    ]
    return policy(f"{host}-in", _behind(there[0]), ingress=rules)


def _behind(address: Address) -> Object:
    """Return the pods behind a host: a part of a service, or a neighbour whoever runs it."""
    service, _, part = address.host.rpartition("-")
    if part in ("api", "worker"):
        return {"matchLabels": {OF: "motcua", NAME: service, PART: part}}
    return {"matchLabels": {NEIGHBOUR: address.host}}


def _pods_of(name: str) -> Object:
    return {"matchLabels": {OF: "motcua", NAME: name}}


def _ours() -> Object:
    return {"matchLabels": {OF: "motcua"}}


def _namespace(role: str) -> Object:
    return {"namespaceSelector": {"matchLabels": {ROLE: role}}}


def _tcp(ports: Iterable[int]) -> list[Object]:
    return [{"protocol": "TCP", "port": port} for port in ports]
