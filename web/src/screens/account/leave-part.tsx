// What the server has of one: all of it as a file, and the end of it.
import { useSignal } from "@preact/signals";
import { MY_DATA_PATH } from "#/api/account";
import { m } from "#/i18n/words";
import { leaveAccount } from "#/store/account/leaving";
import { me } from "#/store/me";
import { Button } from "#/ui/button";
import { Dialog } from "#/ui/dialog";
import { usePress } from "./use-press";

export function LeavePart() {
  const isAsking = useSignal(false);
  const who = me.value;
  const hasAccount = who?.account != null;
  return (
    <section class="me-part">
      <h2>{m.account_data()}</h2>
      <p class="soft">{m.account_data_text()}</p>
      <div class="account-go">
        <a class="button" href={MY_DATA_PATH} download="tingting.json">
          {m.account_download()}
        </a>
        {/* Before it is known who that is, nobody is deleted. */}
        {who && (
          <Button
            look="quiet"
            onPress={() => {
              isAsking.value = true;
            }}
          >
            {hasAccount ? m.account_delete() : m.account_delete_guest()}
          </Button>
        )}
      </div>
      {isAsking.value && (
        <DeleteDialog
          hasAccount={hasAccount}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </section>
  );
}

type DeleteDialogProps = { hasAccount: boolean; onClose: () => void };

function DeleteDialog({ hasAccount, onClose }: DeleteDialogProps) {
  const press = usePress();
  const isSure = useSignal(false);
  const erase = () => {
    if (isSure.value) void press.run(() => leaveAccount("deleted"));
    else press.trouble.value = m.account_delete_tick();
  };
  return (
    <Dialog
      title={hasAccount ? m.account_delete_title() : m.account_delete_guest_title()}
      words={
        <>
          <ul class="account-ends">
            <li>{hasAccount ? m.account_delete_bookings() : m.account_delete_bookings_guest()}</li>
            {hasAccount && <li>{m.account_delete_points()}</li>}
            <li>{m.account_delete_names()}</li>
            <li>{m.account_delete_rest()}</li>
          </ul>
          <label class="pick">
            <input
              type="checkbox"
              checked={isSure.value}
              onChange={(event) => {
                isSure.value = event.currentTarget.checked;
                press.trouble.value = "";
              }}
            />
            {m.account_delete_sure()}
          </label>
          <p class="account-trouble" role="alert">
            {press.trouble}
          </p>
        </>
      }
      onClose={onClose}
    >
      <Button onPress={onClose}>{m.account_stay()}</Button>
      <Button final unready={!isSure.value || press.isBusy.value} onPress={erase}>
        {press.isBusy.value ? m.account_deleting() : m.account_delete_yes()}
      </Button>
    </Dialog>
  );
}
