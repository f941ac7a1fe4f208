// The ways to log in: a button for each provider, which leads back to where one is.
import { m } from "#/i18n/words";
import { logInPath, me } from "#/store/me";

/** `to` is where one comes back to. */
export function LogInButtons({ to }: { to: string }) {
  const providers = me.value?.providers ?? [];
  return (
    <div class="log-in">
      {providers.map(({ id, name }, at) => (
        <a
          key={id}
          class="button"
          data-look={at === 0 ? "primary" : "plain"}
          href={logInPath(id, to)}
        >
          {m.account_log_in({ name })}
        </a>
      ))}
    </div>
  );
}
