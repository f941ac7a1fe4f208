CREATE TRIGGER points_follow BEFORE INSERT ON points
WHEN NEW.number <> COALESCE((SELECT MAX(number) FROM points WHERE person = NEW.person), 0) + 1
    OR NEW.balance_won <> NEW.amount_won + COALESCE(
        (SELECT balance_won FROM points WHERE person = NEW.person ORDER BY number DESC LIMIT 1), 0)
BEGIN
    SELECT RAISE(ABORT, 'an entry of the ledger does not follow from the one before');
END;
CREATE TRIGGER points_stay BEFORE UPDATE ON points
BEGIN
    SELECT RAISE(ABORT, 'the ledger is only added to');
END;
CREATE TRIGGER points_are_kept BEFORE DELETE ON points
BEGIN
    SELECT RAISE(ABORT, 'the ledger is only added to');
END;
CREATE TRIGGER payments_end_once BEFORE UPDATE ON payments
WHEN OLD.state <> 'debited' OR NEW.sale <> OLD.sale OR NEW.payment <> OLD.payment OR NEW.person <> OLD.person
    OR NEW.begun_at_ms <> OLD.begun_at_ms OR NEW.total_won <> OLD.total_won
BEGIN
    SELECT RAISE(ABORT, 'a payment that is booked or returned stays so');
END;
CREATE TRIGGER payments_are_kept BEFORE DELETE ON payments
BEGIN
    SELECT RAISE(ABORT, 'payments are kept');
END;
