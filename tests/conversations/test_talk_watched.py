"""A real turn can be followed through all three processes, and is counted in each, without its words."""

import httpx
from collector import Collector
from conversation import Conversation
from three_processes import ThreeProcesses, local, until

NUMBER = "9812345678"


def test_one_trace_goes_through_all_three(person: Conversation, collector: Collector) -> None:
    person.say(f"toolkit ke liye kaagaz kya chahiye, mera number {NUMBER} hai")
    wanted = {
        *(("sahayak-gateway", name) for name in ("turn", "hygiene", "wait", "store", "bot.ask")),
        *(("sahayak-bot", name) for name in ("total", "understanding", "policy", "action", "save")),
        *(("sahayak-actions", name) for name in ("action.run", "retrieval")),
    }
    until(lambda: wanted <= collector.of_trace("retrieval"), 20, lambda: str(collector.of_trace("retrieval")))
    sent = b"".join(collector.received)
    assert NUMBER.encode() not in sent and b"kaagaz" not in sent


def test_a_turn_is_counted_in_each_process(person: Conversation, sahayak: ThreeProcesses, http: httpx.Client) -> None:
    person.say(f"toolkit kya hai, mera number {NUMBER} hai")
    pages = {
        "gateway": http.get("/metrics", headers={"Authorization": f"Bearer {sahayak.token}"}).text,
        "bot": httpx.get(local(sahayak.ports["bot"]) + "/webhooks/gateway/metrics", trust_env=False).text,
        "actions": httpx.get(local(sahayak.ports["actions"]) + "/metrics", trust_env=False).text,
    }
    assert 'turns_total{channel="web",language=' in pages["gateway"] and "turns_in_progress 0.0" in pages["gateway"]
    assert all(f'bot_seconds_count{{part="{part}"}}' in pages["bot"] for part in ("understanding", "policy", "action"))
    assert 'actions_total{action="action_answer",result="done"}' in pages["actions"]
    assert all(NUMBER not in page and "process_resident_memory_bytes" in page for page in pages.values())
