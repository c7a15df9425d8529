"""What commands share, each named by its verb."""
