"""What Pactwatch knows before it reads: lexicons, crosswalks, registers, agreements, each with its source and licence."""
