-- Guests who were deleted, so that a cookie which somebody kept is nobody's. It refers to nothing: all else about them is gone.
CREATE TABLE forgotten_guests (
    guest {bytes} NOT NULL PRIMARY KEY CHECK (length(guest) = 16)
){strict};
