"""What becomes of an accepted message, told to the gateway status by status."""

import asyncio

from channels.fake_twilio.faults import Dice
from channels.fake_twilio.line import Line
from channels.fake_twilio.messages import Ledger, Message
from channels.fake_twilio.resources import VERSION
from channels.fake_twilio.settings import FakeSettings

OUTSIDE_WINDOW = 63016


class Carrier:
    """Carries messages to the simulated phones."""

    def __init__(self, settings: FakeSettings, ledger: Ledger, line: Line, dice: Dice) -> None:
        self._account, self._ledger = settings.twilio_account_sid, ledger
        self._line, self._dice = line, dice

    async def carry(self, message: Message) -> None:
        """Through all its statuses. A callback that is late does not hold up those after it."""
        statuses = self._statuses(message)
        told = list(statuses)
        if self._dice.falls("status_shuffled"):
            self._dice.shuffle(told)
        async with asyncio.TaskGroup() as group:
            for number, (status, tell) in enumerate(zip(statuses, told, strict=True)):
                if number:
                    await asyncio.sleep(self._dice.faults.status_seconds)
                self._become(message, status)
                for _ in range(1 + self._dice.falls("status_twice")):
                    group.create_task(self._tell(message, tell))

    def _statuses(self, message: Message) -> list[str]:
        message.error_code = self._failure(message)
        if message.error_code:
            return ["queued", "failed"] if message.error_code >= 60000 else ["queued", "sent", "undelivered"]
        return ["queued", "sent", "delivered", *(["read"] if message.to.startswith("whatsapp:") else [])]

    def _failure(self, message: Message) -> int | None:
        on_whatsapp = message.to.startswith("whatsapp:")
        if on_whatsapp and not message.extra.get("approved") and not self._ledger.window_open(message.to):
            return OUTSIDE_WINDOW
        return self._dice.faults.fails_with if self._dice.falls("fails") else None

    def _become(self, message: Message, status: str) -> None:
        message.status = status
        if status == "sent":
            message.sent = self._ledger.clock()
        self._ledger.touch(message)

    async def _tell(self, message: Message, status: str) -> None:
        if not message.callback:
            return
        if self._dice.falls("status_late"):
            await asyncio.sleep(self._dice.faults.status_late_seconds)
        answer = await self._line.post("callback", message.callback, self._fields(message, status))
        message.attempts.append(f"{status}: {answer.status_code if answer else 'no answer'}")

    def _fields(self, message: Message, status: str) -> dict[str, str]:
        fields = {
            "AccountSid": self._account,
            "ApiVersion": VERSION,
            "From": message.sender,
            "MessageSid": message.sid,
            "MessageStatus": status,
            "SmsSid": message.sid,
            "SmsStatus": status,
            "To": message.to,
        }
        if status in ("failed", "undelivered"):
            fields |= {"ErrorCode": str(message.error_code)}
        if message.to.startswith("whatsapp:"):
            fields |= {"ChannelPrefix": "whatsapp", "ChannelToAddress": message.to.removeprefix("whatsapp:")}
        return fields | ({"EventType": status.upper()} if status in ("delivered", "read") else {})
