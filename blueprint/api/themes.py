"""The colours of a drawing: a theme by its name, or one of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from blueprint.api.refusals import ThemeUnknownError

if TYPE_CHECKING:
    from blueprint.scene.theme import Theme


def theme_named(name: str) -> Theme:
    """Return a built-in theme, or read one from a TOML file of the user's own.

    Raises:
        ThemeUnknownError: there is no such theme, or the file does not describe one.
        OSError: the file cannot be read.
    """
    from blueprint.scene.themes import THEMES

    if name in THEMES:
        return THEMES[name]
    if name.endswith(".toml"):
        return _theme_from(Path(name))
    from difflib import get_close_matches

    known = ", ".join(THEMES)
    if close := get_close_matches(name, THEMES, n=1):
        hint = (f"did you mean `{close[0]}`?", f"是否想写 `{close[0]}`？")
    else:
        hint = (f"there are {known}, or a .toml file of your own", f"可用的有 {known}，或自己的 .toml 文件")
    raise ThemeUnknownError(f"there is no theme `{name}`; {hint[0]}", f"没有主题 `{name}`；{hint[1]}")


def _theme_from(path: Path) -> Theme:
    import tomllib

    from blueprint.scene.themes import ThemeError, load_theme

    try:
        return load_theme(tomllib.loads(path.read_bytes().decode("utf-8-sig")), name=path.stem)
    except UnicodeDecodeError as error:
        raise ThemeUnknownError(
            f"{path}: the theme is not UTF-8 text; save it as UTF-8",
            f"{path}：主题文件不是 UTF-8 文本；请另存为 UTF-8 编码",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ThemeUnknownError(
            f"{path}: this is not TOML: {error}", f"{path}：不是有效的 TOML：{error}"
        ) from error
    except ThemeError as error:
        raise ThemeUnknownError(
            f"{path}: {error}",
            f"{path}：" + "；".join(f"{'.'.join(p.loc) or 'theme'}：{p.zh}" for p in error.problems),
        ) from error
