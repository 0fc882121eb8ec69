"""A calendar that compares what stands beside a title."""
import logging

from icalendar import Event

logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
event = Event()
event.add("summary", "standup", parameters={"language": "en"})
try:
    print(event["summary"].params == "LANGUAGE=en")
except Exception:
    logging.getLogger("calendar").exception("could not read event 12")
