"""Who the claims of an ID token make a person: name, rights and units, or the reason why not. No Streamlit in here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import settings

RIGHTS = frozenset({"view", "import", "report", "edit", "meeting", "lock", "officers", "audit"})


@dataclass(frozen=True)
class User:
    """Someone who may be here. `allowed_units` are the only units whose dossiers they may see; None = all units."""

    name: str
    role: str  # as shown on screen
    account: str  # as it stands in the audit log
    rights: frozenset[str]
    allowed_units: tuple[str, ...] | None = None

    @property
    def sees_officers(self) -> bool:
        """Officers' names are staff data: only some roles see them."""
        return self.may("officers")

    def may(self, right: str) -> bool:
        """Whether this person has the right. Raises ValueError for a right that does not exist."""
        if right not in RIGHTS:
            raise ValueError(f"no such right: {right}")
        return right in self.rights


LOCAL_USER = User(name="Người dùng tại máy", role="Dùng tại máy này", account="may-nay", rights=RIGHTS)


class Refused(Exception):
    """The person may not come in: `reason` is a short code for the audit log, `message` the Vietnamese text for the screen."""

    def __init__(self, reason: str, message: str, account: str = "") -> None:
        super().__init__(reason)
        self.reason, self.message, self.account = reason, message, account


def identify(claims: Mapping[str, Any], client_id: str, now: float) -> User:
    """The user whom the claims of a verified ID token describe at `now` (seconds since 1970). Raises Refused.

    Streamlit has checked signature, issuer and nonce, but takes a token that was made for somebody else when `azp` names us,
    and keeps a session for 30 days: so audience and age are checked here, on every run.
    """
    wanted = settings.read("sign_in")
    account = _account(claims, wanted["claims"]["account"])
    if not claims.get("is_logged_in"):
        raise Refused("not signed in", "Mời đăng nhập để tiếp tục.")
    if not client_id or client_id not in _values(claims.get("aud")):
        raise Refused("wrong audience", "Phiếu đăng nhập được cấp cho ứng dụng khác nên không dùng được ở đây.", account)
    if not _fresh(claims, wanted["session_hours"] * 3600, wanted["clock_skew_seconds"], now):
        raise Refused("session too old", "Phiên làm việc đã hết hạn. Mời đăng nhập lại.", account)
    return _with_roles(claims, wanted["claims"], account)


def _account(claims: Mapping[str, Any], claim: str) -> str:
    return str(claims.get(claim) or claims.get("sub") or "")


def _values(claim: Any) -> list[str]:
    """A claim is absent, one value or a list of them."""
    if claim is None:
        return []
    many = claim if isinstance(claim, list | tuple) else [claim]
    return [unicodedata.normalize("NFC", str(value)).strip() for value in many]


def _fresh(claims: Mapping[str, Any], lifetime: float, skew: float, now: float) -> bool:
    # `exp` bounds only the moment of signing in (providers give minutes to an hour), so the age is counted from `iat`.
    issued = claims.get("iat")
    return isinstance(issued, int | float) and not isinstance(issued, bool) and -skew <= now - issued <= lifetime


def _with_roles(claims: Mapping[str, Any], names: Mapping[str, str], account: str) -> User:
    table = settings.read("roles")
    granted = [table["claim_values"][value] for value in _values(claims.get(names["roles"])) if value in table["claim_values"]]
    roles = [table["roles"][role] for role in dict.fromkeys(granted)]
    if not roles:
        raise Refused("no role", "Tài khoản chưa được gán vai trò nào trong ứng dụng này.", account)
    units: tuple[str, ...] | None = None
    if any(role["units"] != "all" for role in roles):
        units = _own_units(_values(claims.get(names["units"])), table["unit_names"])
        if not units:
            raise Refused("no unit", "Vai trò của tài khoản chỉ xem được đơn vị của mình, nhưng chưa được gán đơn vị.", account)
    return User(
        name=str(claims.get(names["name"]) or account),
        role=", ".join(role["label"] for role in roles),
        account=account,
        rights=frozenset(right for role in roles for right in role["rights"]),
        allowed_units=units,
    )


def _own_units(values: list[str], unit_names: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(sorted({unit for value in values for unit in unit_names.get(value, [value]) if unit}))


def settings_faults() -> list[str]:
    """What is wrong with roles.toml and sign_in.toml, one Vietnamese sentence each; empty when nothing is."""
    table, wanted = settings.read("roles"), settings.read("sign_in")
    faults = [
        f"settings/roles.toml: giá trị “{value}” chỉ đến vai trò “{role}” không có trong bảng roles."
        for value, role in table["claim_values"].items()
        if role not in table["roles"]
    ]
    for name, role in table["roles"].items():
        unknown = sorted(set(role.get("rights", [])) - RIGHTS)
        if unknown:
            faults.append(f"settings/roles.toml: vai trò “{name}” có quyền không tồn tại: {', '.join(unknown)}.")
        if role.get("units") not in ("all", "own"):
            faults.append(f'settings/roles.toml: vai trò “{name}” phải có units = "all" hoặc "own".')
        if not {"label", "rights"} <= role.keys():
            faults.append(f"settings/roles.toml: vai trò “{name}” thiếu label hoặc rights.")
    if not 0 < wanted["session_hours"] <= 24 * 30:
        faults.append("settings/sign_in.toml: session_hours phải lớn hơn 0 và không quá 720.")
    return faults
