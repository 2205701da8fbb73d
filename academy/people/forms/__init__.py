"""What the pages of people accept: before the wall, in one's account, on the desk."""
