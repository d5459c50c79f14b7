"""What is wrong with this machine or data folder: one Dutch sentence and its mend, never a stack trace."""


class LocalFault(Exception):
    """Stops a local command. `sentence` says what is wrong, `mend` what helps; both are meant for the screen."""

    def __init__(self, sentence: str, mend: str) -> None:
        super().__init__(f"{sentence} {mend}")
        self.sentence = sentence
        self.mend = mend
