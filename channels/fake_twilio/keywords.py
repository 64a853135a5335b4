"""What Twilio itself does with STOP and START in an SMS, before and beside the webhook."""

from channels.fake_twilio.messages import Contact, Message

STOP = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke"}
START = {"start", "yes", "unstop"}
STOPPED = "You are unsubscribed and will get no more messages from this number. Reply START to get them again."
STARTED = "You are subscribed to messages from this number again. Reply STOP to end them."


def hear(message: Message, contact: Contact) -> str | None:
    """Twilio's own answer to a lone keyword; WhatsApp has none by default."""
    word = message.body.strip().lower()
    if message.sender.startswith("whatsapp:") or word not in STOP | START:
        return None
    if (word in STOP) == contact.opted_out:  # START and YES mean nothing to who never left
        return None
    contact.opted_out = word in STOP
    return STOPPED if contact.opted_out else STARTED
