"""Who, where and when: claims' mentions resolved against the register, the gazetteers and the calendar."""
