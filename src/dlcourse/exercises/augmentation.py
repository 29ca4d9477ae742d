"""Checks of the answers to the exercises in ``book/chapters/augmentation.md``."""

import numpy as np

from dlcourse.exercises.checking import Verdict, array, close, exercise, list_of, right, wrong

#: Turned a little, mirrored, noisy, turned by half a circle, bolder.
KEEPS_LABEL = (True, False, True, False, True)
#: Accuracies below the first are guessing, since the most common digit makes up 11.35 % of the
#: test set. Above the second, nothing has been forgotten.
GUESSING, WELL_READ = 0.115, 0.8
INK = np.array([[0, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0], [0, 1, 1, 0]])


@exercise("augmentation-1")
def copies_that_keep_their_label(answer: object) -> Verdict:
    """Compare which five changes leave all ten digits readable as what they are."""
    given = tuple(list_of(answer, n=len(KEEPS_LABEL)))
    if not set(given) <= {True, False}:
        return wrong("Answer with True and False, without quotation marks.")
    if given == KEEPS_LABEL:
        return right("A copy may change whatever the label does not depend on.")
    if given == tuple(not keeps for keeps in KEEPS_LABEL):
        return wrong("The other way round: True for what you may use.")
    if given[3]:
        return wrong("(d) Turn a 6 by half a circle: what does a person read now?")
    if given[1]:
        return wrong("(b) Hold a 2 before a mirror. Is it still a digit?")
    return wrong("Noise, bolder strokes and a slight turn: would a person read another digit?")


@exercise("augmentation-2", array, shape=(2,))
def centre_of_mass(given: np.ndarray) -> Verdict:
    """Compare with the mean row and column of the ink."""
    rows, columns = np.nonzero(INK)
    solution = np.array([rows.mean(), columns.mean()])
    if close(given, solution):
        return right("That point goes to the middle of 28 by 28.")
    if close(given, solution[::-1]):
        return wrong("The row comes first, then the column.")
    if close(given, solution + 1):
        return wrong("Count rows and columns from 0, as Python does.")
    if close(given, [(rows.min() + rows.max()) / 2, (columns.min() + columns.max()) / 2]):
        return wrong("That is the middle of the box around the ink. Weigh each pixel by its ink.")
    if close(given, [1.5, 1.5]):
        return wrong("That is the middle of the picture. Look for the middle of the ink.")
    return wrong("Add up the row of each inked pixel and divide by their number; same for columns.")


@exercise("augmentation-3", array)
def copies_in_the_wrong_place(given: np.ndarray) -> Verdict:
    """Look for accuracies, clean and inverted, that have suffered from copies that came last.

    How much is forgotten depends on the order of the digits: in trials the clean accuracy was 0.23
    to 0.55 and the inverted one 0.21 to 0.90, and either could be larger. Shuffled well, both were
    above 0.9. With the copies first, the clean accuracy was at least 0.86, and the inverted one
    as low as 0.07.
    """
    if given.shape != (2,):
        return wrong("Give both accuracies in a list: [clean, inverted].")
    if 1 < given.max() <= 100 and given.min() >= 0:
        return wrong("That looks like per cent. Give a number from 0 to 1.")
    if not (given.min() >= 0 and given.max() <= 1):
        return wrong("An accuracy lies between 0 and 1.")
    if given.min() > WELL_READ:
        return wrong(
            "So good? Concatenate the two finished pipelines, shuffled and batched, so that all "
            "inverted digits come last."
        )
    if given[0] > WELL_READ:
        return wrong(
            "The clean digits are read well: did they come last? The clean pipeline comes first, "
            "then its copies. In the list, too, clean comes first."
        )
    if given.min() < GUESSING:
        return wrong(
            "One in ten is guessing. Are the test images scaled to 0-1, and has the network "
            "been trained on both pipelines?"
        )
    return right("The network has forgotten part of what it saw first.")
