"""Registers, signs in and looks after the visitor's own account."""

from dataclasses import dataclass
from urllib.parse import quote

from answers import identity as told

from portal.adapters.http import Json, Link, read

PASSKEYS = "/api/identity/me/second-factor/passkeys"


@dataclass(frozen=True)
class Identity:
    """The identity service as one visitor sees it."""

    link: Link

    async def number_statement(self) -> str:
        """Give what identity states of the visitor's proven number; empty where none is proven."""
        answer = await self.link.send("POST", "/api/identity/me/number-statements")
        return read(told.StatementOut, answer).statement or ""

    async def register(self, body: Json, key: str) -> told.RegistrationOut:
        """Open an account that waits for its one-time code."""
        return read(
            told.RegistrationOut, await self.link.send("POST", "/api/identity/registrations", body, key=key)
        )

    async def verify(self, registration: str, code: str, key: str) -> told.TokenOut:
        """Confirm the contact with the one-time code; answers tokens."""
        path = f"/api/identity/registrations/{registration}/verification"
        return read(told.TokenOut, await self.link.send("POST", path, {"code": code}, key=key))

    async def resend(self, registration: str, key: str) -> None:
        """Ask for a new one-time code."""
        await self.link.send("POST", f"/api/identity/registrations/{registration}/code", {}, key=key)

    async def declaration(self) -> told.DeclarationOut:
        """Read the declaration to be confirmed when registering."""
        return await self.link.get(told.DeclarationOut, "/api/identity/declaration")

    async def terms(self) -> told.TermsOut:
        """Read the terms of use."""
        return await self.link.get(told.TermsOut, "/api/identity/terms")

    async def statements(self) -> tuple[told.AskedOut, ...]:
        """List what the visitor must read and accept."""
        return (await self.link.get(told.AskedList, "/api/identity/me/statements")).items

    async def accept(self, versions: Json) -> None:
        """Accept what was read."""
        await self.link.send("POST", "/api/identity/me/statements", {"versions": versions})

    async def work(self) -> told.WorkOut:
        """Get a task for the visitor's browser, after failed sign-ins."""
        return await self.link.get(told.WorkOut, "/api/identity/work")

    async def sign_in(self, body: Json) -> told.TokenOut:
        """Exchange login, password and, where asked, work for tokens."""
        return read(told.TokenOut, await self.link.send("POST", "/api/identity/sessions", body))

    async def begin_provider(self, door: str) -> told.BegunOut:
        """Begin to sign in with the outside provider."""
        return read(
            told.BegunOut, await self.link.send("POST", "/api/identity/provider/attempts", {"door": door})
        )

    async def end_provider(self, body: Json) -> told.TokenOut:
        """Exchange what the provider answered for tokens."""
        return read(told.TokenOut, await self.link.send("POST", "/api/identity/provider/sessions", body))

    async def refresh(self, token: str) -> told.TokenOut:
        """Exchange a refresh token for new tokens."""
        return read(
            told.TokenOut,
            await self.link.send("POST", "/api/identity/sessions/refresh", {"refresh_token": token}),
        )

    async def sign_out(self) -> None:
        """End the session on the server."""
        await self.link.send("DELETE", "/api/identity/sessions/current")

    async def change_password(self, current: str, new: str) -> told.TokenOut:
        """Replace the password."""
        body = {"current": current, "new": new}
        return read(told.TokenOut, await self.link.send("PUT", "/api/identity/me/password", body))

    async def enrol_factor(self) -> told.OfferOut:
        """Get a secret for an authenticator app."""
        return read(told.OfferOut, await self.link.send("POST", "/api/identity/me/second-factor"))

    async def confirm_factor(self, code: str) -> told.ConfirmedOut:
        """Turn the second factor on by the app's first code."""
        path = "/api/identity/me/second-factor/confirmation"
        return read(told.ConfirmedOut, await self.link.send("POST", path, {"code": code}))

    async def factor(self) -> told.FactorOut:
        """Read of what the own second factor is made."""
        return await self.link.get(told.FactorOut, "/api/identity/me/second-factor")

    async def renew_codes(self) -> told.CodesOut:
        """Get fresh recovery codes in place of the old ones."""
        path = "/api/identity/me/second-factor/recovery-codes"
        return read(told.CodesOut, await self.link.send("POST", path))

    async def prove_factor(self, code: str) -> told.ProvedOut:
        """Show the second factor."""
        path = "/api/identity/me/second-factor/proof"
        return read(told.ProvedOut, await self.link.send("POST", path, {"code": code}))

    async def passkeys(self) -> told.PasskeysOut:
        """List the own second factors."""
        return await self.link.get(told.PasskeysOut, PASSKEYS)

    async def offer_passkey(self) -> told.OptionsOut:
        """Get what a browser makes a passkey with."""
        return read(told.OptionsOut, await self.link.send("POST", f"{PASSKEYS}/offer"))

    async def add_passkey(self, name: str, credential: str) -> told.ConfirmedOut:
        """Add the passkey that a browser made."""
        body = {"name": name, "credential": credential}
        return read(told.ConfirmedOut, await self.link.send("POST", PASSKEYS, body))

    async def ask_passkey(self) -> told.OptionsOut:
        """Get what a browser shows a passkey with."""
        return read(told.OptionsOut, await self.link.send("POST", f"{PASSKEYS}/challenge"))

    async def prove_passkey(self, credential: str) -> told.TokenOut:
        """Show a passkey."""
        body = {"credential": credential}
        return read(told.TokenOut, await self.link.send("POST", f"{PASSKEYS}/proof", body))

    async def remove_passkey(self, passkey: str) -> None:
        """Remove a passkey."""
        await self.link.send("DELETE", f"{PASSKEYS}/{quote(passkey, safe='')}")

    async def me(self) -> told.ProfileOut:
        """Read the own account."""
        return await self.link.get(told.ProfileOut, "/api/identity/me")

    async def amend(self, body: Json) -> told.ProfileOut:
        """Change the own account; answers how it is now."""
        return read(told.ProfileOut, await self.link.send("PATCH", "/api/identity/me", body))

    async def ask_mail(self, email: str, current: str) -> told.EmailChangeOut:
        """Have a code sent to a new address; the password says who asks."""
        body = {"email": email, "current": current}
        return read(told.EmailChangeOut, await self.link.send("POST", "/api/identity/me/email-changes", body))

    async def confirm_mail(self, change: str, code: str) -> None:
        """Make the new address the account's own."""
        path = f"/api/identity/me/email-changes/{quote(change, safe='')}/verification"
        await self.link.send("POST", path, {"code": code})

    async def ask_phone(self, current: str) -> told.PhoneProofOut:
        """Have a code sent to the telephone of the account; the password says who asks."""
        body = {"current": current}
        return read(told.PhoneProofOut, await self.link.send("POST", "/api/identity/me/phone-proofs", body))

    async def confirm_phone(self, proof: str, code: str) -> None:
        """Make the telephone a way in."""
        path = f"/api/identity/me/phone-proofs/{quote(proof, safe='')}/verification"
        await self.link.send("POST", path, {"code": code})

    async def standing(self) -> told.AccountStandingOut:
        """Read whether the own account may only be looked at, and why."""
        return await self.link.get(told.AccountStandingOut, "/api/identity/me/account-standing")

    async def report_lost(self) -> None:
        """Say that the account is in somebody else's hands."""
        await self.link.send("POST", "/api/identity/me/control-lost")

    async def close(self, password: str) -> None:
        """Close the own account."""
        await self.link.send("POST", "/api/identity/me/closing", {"password": password})

    async def keep(self) -> None:
        """Take the closing of the own account back."""
        await self.link.send("DELETE", "/api/identity/me/closing")

    async def access_log(self) -> tuple[told.AccessOut, ...]:
        """List who came in under this name, newest first."""
        return (await self.link.get(told.AccessOutPage, "/api/identity/me/access-log")).items

    async def ask_reset(self, login: str, key: str) -> told.ResetOut:
        """Ask for a password reset code."""
        return read(
            told.ResetOut,
            await self.link.send("POST", "/api/identity/password-resets", {"login": login}, key=key),
        )

    async def confirm_reset(self, reset: str, code: str, password: str, key: str) -> None:
        """Set a new password with the reset code."""
        path = f"/api/identity/password-resets/{reset}/confirmation"
        await self.link.send("POST", path, {"code": code, "password": password}, key=key)
