"""What each stage does: hand the results of earlier stages to a room's function.

A file a room, in the rooms' order; the table that orders the stages is ``stages.STAGES``.
Rooms are imported where they are used: a run in which nothing changed loads none of them.
"""
