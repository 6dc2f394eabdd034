"""Registers, signs in and looks after the visitor's own account."""

from dataclasses import dataclass

from portal.adapters.http import Json, Link


@dataclass(frozen=True)
class Identity:
    """The identity service as one visitor sees it."""

    link: Link

    async def register(self, body: Json, key: str) -> Json:
        """Open an account that waits for its one-time code."""
        answer: Json = await self.link.send("POST", "/api/identity/registrations", body, key=key)
        return answer

    async def verify(self, registration: str, code: str, key: str) -> Json:
        """Confirm the contact with the one-time code; answers tokens."""
        path = f"/api/identity/registrations/{registration}/verification"
        answer: Json = await self.link.send("POST", path, {"code": code}, key=key)
        return answer

    async def resend(self, registration: str, key: str) -> None:
        """Ask for a new one-time code."""
        await self.link.send("POST", f"/api/identity/registrations/{registration}/code", {}, key=key)

    async def declaration(self) -> Json:
        """Read the declaration to be confirmed when registering."""
        answer: Json = await self.link.get("/api/identity/declaration")
        return answer

    async def captcha(self) -> Json:
        """Get a check question in words."""
        answer: Json = await self.link.get("/api/identity/captcha")
        return answer

    async def sign_in(self, body: Json) -> Json:
        """Exchange login, password and, where asked, the answer to a check question for tokens."""
        answer: Json = await self.link.send("POST", "/api/identity/sessions", body)
        return answer

    async def refresh(self, token: str) -> Json:
        """Exchange a refresh token for new tokens."""
        answer: Json = await self.link.send(
            "POST", "/api/identity/sessions/refresh", {"refresh_token": token}
        )
        return answer

    async def sign_out(self) -> None:
        """End the session on the server."""
        await self.link.send("DELETE", "/api/identity/sessions/current")

    async def change_password(self, current: str, new: str) -> Json:
        """Replace the password."""
        body = {"current": current, "new": new}
        answer: Json = await self.link.send("PUT", "/api/identity/me/password", body)
        return answer

    async def me(self) -> Json:
        """Read the own account."""
        answer: Json = await self.link.get("/api/identity/me")
        return answer

    async def amend(self, body: Json) -> Json:
        """Change the own account."""
        answer: Json = await self.link.send("PATCH", "/api/identity/me", body)
        return answer

    async def access_log(self) -> list[Json]:
        """List who looked at the own data, newest first."""
        answer: Json = await self.link.get("/api/identity/me/access-log")
        return list(answer["items"])

    async def ask_reset(self, login: str, key: str) -> Json:
        """Ask for a password reset code."""
        answer: Json = await self.link.send(
            "POST", "/api/identity/password-resets", {"login": login}, key=key
        )
        return answer

    async def confirm_reset(self, reset: str, code: str, password: str, key: str) -> None:
        """Set a new password with the reset code."""
        path = f"/api/identity/password-resets/{reset}/confirmation"
        await self.link.send("POST", path, {"code": code, "password": password}, key=key)
