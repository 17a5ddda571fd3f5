"""What Pactwatch knows before it reads: lexicons, crosswalks, registers, agreements; each names source and licence."""
