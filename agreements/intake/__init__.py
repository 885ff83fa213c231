"""What comes in: files read and parsed before anything is stored."""
