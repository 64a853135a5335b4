"""Who carries what, as the settings say."""

import httpx

from channels.providers import registered
from channels.providers.base import Provider
from channels.providers.dlt import Dlt, Gateway
from channels.providers.twilio import Account, Twilio
from channels.settings import Settings


def carriers(settings: Settings, client: httpx.AsyncClient) -> dict[str, Provider]:
    """The provider of "whatsapp" and of "sms"; a channel that nobody carries is not there.
    Raises SettingsError. The client serves them all and belongs to the caller."""
    found: dict[str, Provider] = {}
    twilio = _twilio(settings, client)
    if twilio and settings.twilio_whatsapp_from:
        found["whatsapp"] = twilio
    if twilio and settings.twilio_sms_from:
        found["sms"] = twilio
    if settings.sms_provider == "dlt" and settings.dlt_templates_file:
        gateway = Gateway(settings.dlt_gateway_url, settings.dlt_gateway_key)
        found["sms"] = Dlt(gateway, registered.load(settings.dlt_templates_file), client)
    return found


def senders(settings: Settings) -> dict[str, str]:
    """Our address on each channel. An Indian gateway takes the header of the template in its place."""
    sms = settings.twilio_sms_from or ("dlt" if settings.sms_provider == "dlt" else "")
    return {channel: own for channel, own in (("whatsapp", settings.twilio_whatsapp_from), ("sms", sms)) if own}


def _twilio(settings: Settings, client: httpx.AsyncClient) -> Twilio | None:
    if not settings.twilio_account_sid:
        return None
    names = (settings.twilio_account_sid, settings.twilio_auth_token, settings.twilio_api_url, settings.public_url)
    return Twilio(Account(*names), client)
