"""The job lane: records of long work, their events, and BullMQ, which hands the work out."""
