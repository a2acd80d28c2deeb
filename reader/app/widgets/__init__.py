"""What is drawn: each widget knows its rows and no other widget, and posts what happened."""
