"""How facts travel from one service's outbox to the inboxes of the others."""

from common.carriers.base import Carrier, Delivery, Outbound
from common.carriers.choose import carrier_from
from common.carriers.postgres import PostgresCarrier, SubscriberTarget
from common.carriers.rabbit import RabbitCarrier
from common.topology import apply_topology

__all__ = [
    "Carrier",
    "Delivery",
    "Outbound",
    "PostgresCarrier",
    "RabbitCarrier",
    "SubscriberTarget",
    "apply_topology",
    "carrier_from",
]
