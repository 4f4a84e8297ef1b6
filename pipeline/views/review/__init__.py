"""The review desk (검토 화면): pages on which coders decide, served on their own machine."""
