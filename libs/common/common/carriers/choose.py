"""Choose the carrier a service is configured for."""

from common.carriers.base import Carrier
from common.carriers.postgres import PostgresCarrier, SubscriberTarget
from common.carriers.rabbit import RabbitCarrier
from common.settings import ServiceSettings


def carrier_from(settings: ServiceSettings) -> Carrier:
    """Make the carrier named in the settings. Raises: ValueError when RabbitMQ is chosen without an address."""
    if settings.carrier == "rabbitmq":
        if not settings.amqp_url:
            raise ValueError("MOTCUA_CARRIER=rabbitmq needs MOTCUA_AMQP_URL")
        return RabbitCarrier(settings.amqp_url, settings.instance)
    return PostgresCarrier(
        {
            service: SubscriberTarget(dsn, tuple(settings.listens.get(service, ())))
            for service, dsn in settings.inboxes.items()
        }
    )
