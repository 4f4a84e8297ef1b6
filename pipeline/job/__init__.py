"""The scheduled job: each file of the inbox taken once, whatever is killed on the way.

In the order they are used: ``lock`` (one job at a time), ``inbox`` (which files have settled),
``known`` (what the study holds), ``planning`` (what becomes of each file), ``intent`` (that plan
on disk, carried out and, where need be, taken back), ``one_pass`` (all of it, and its line in the
log), ``analysing`` (the stages, and what a person is told), ``outside`` (what of it may leave the
study), ``health``, ``hook``, ``install``; ``at_work`` puts them together.
"""
