// Who one is to the server: a guest, or a person with an account.
import type { Me } from "./account-types";
import { get } from "./client";

export const getMe = () => get<Me>("/api/me");
