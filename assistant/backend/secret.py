"""The key to a language model: in the environment or the system's keyring, and nowhere else."""

import os

VARIABLE = "VIDNE_MODEL_KEY"
"""The environment variable that is asked first."""
_SERVICE = "vidne-model"


def find(receiver: str) -> str | None:
    """Give the key for a receiver; None where there is none, or the keyring is closed."""
    if key := os.environ.get(VARIABLE):
        return key
    import keyring  # 60 ms: only where a model is asked
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, receiver) if _sound() else None
    except KeyringError:
        return None


def keep(receiver: str, key: str) -> bool:
    """Keep the key for a receiver in the keyring, or remove it if it is blank; False where there is no keyring."""
    import keyring  # 60 ms: only when a key is given
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        if not _sound():
            return False
        if key.strip():
            keyring.set_password(_SERVICE, receiver, key.strip())
        else:
            keyring.delete_password(_SERVICE, receiver)
    except PasswordDeleteError:
        return True
    except KeyringError:
        return False
    return True


def _sound() -> bool:
    """Say whether the keyring keeps what it is given, in cipher: keyring's own mark for that is 1."""
    import keyring

    return keyring.get_keyring().priority >= 1
