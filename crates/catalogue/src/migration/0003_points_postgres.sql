CREATE FUNCTION points_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number <> COALESCE((SELECT MAX(number) FROM points WHERE person = NEW.person), 0) + 1
        OR NEW.balance_won <> NEW.amount_won + COALESCE(
            (SELECT balance_won FROM points WHERE person = NEW.person ORDER BY number DESC LIMIT 1), 0)
    THEN
        RAISE EXCEPTION 'an entry of the ledger does not follow from the one before';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER points_follow BEFORE INSERT ON points FOR EACH ROW EXECUTE FUNCTION points_follow();
CREATE FUNCTION points_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only added to';
END $$;
CREATE TRIGGER points_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON points
    FOR EACH STATEMENT EXECUTE FUNCTION points_stay();
CREATE FUNCTION payments_end_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'debited' OR NEW.sale <> OLD.sale OR NEW.payment <> OLD.payment OR NEW.person <> OLD.person
        OR NEW.begun_at_ms <> OLD.begun_at_ms OR NEW.total_won <> OLD.total_won
    THEN
        RAISE EXCEPTION 'a payment that is booked or returned stays so';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_end_once BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION payments_end_once();
CREATE FUNCTION payments_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'payments are kept';
END $$;
CREATE TRIGGER payments_are_kept BEFORE DELETE OR TRUNCATE ON payments
    FOR EACH STATEMENT EXECUTE FUNCTION payments_are_kept();
