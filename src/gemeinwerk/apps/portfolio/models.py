"""Tables of the portfolio: none yet; figures are read from the other rooms."""
