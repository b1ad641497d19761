"""When they left and when they were first heard: two clocks."""
