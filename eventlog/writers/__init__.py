"""What `SummaryWriter` is made of: the methods of each kind of summary, and the base that they stand on."""
