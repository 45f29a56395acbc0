"""Say a fingerprint aloud: twelve words, and the same as twelve numbers.

Each word stands for one byte, from the front of the fingerprint: 96 bits, more than
anybody can search for. No two words share their first four letters, and no two are
nearer to each other than three letters changed, so that one heard badly fits none.
The list never changes: what was read on air stays true.

Source: docs/decisions/0037-keys-and-ceremonies.md.
"""

WORDS_SAID = 12

_LIST = """
accordion acorn airport alarm almond aluminium amber anchor angle antelope apron
aquarium architect artist asteroid autumn avenue badge bakery balcony ballerina
bamboo banana barometer barrel basket beaver bedroom beetle bicycle biscuit
bishop blackbird blossom blueberry boomerang broccoli bronze buffalo button
cabbage cactus calendar camera canvas carpet castle cauliflower cedar cello
cement champion cherry chimney chocolate chorus cinema cinnamon circle clover
cobweb coffee compass concert conductor copper corridor cradle crayon cricket
crocodile crystal cucumber cupboard curtain cyclone daffodil daisy dancer
dentist desert detective diamond dinosaur doctor dolphin domino donkey drummer
dumpling easel eclipse elbow elephant emerald engine escalator evening explorer
fabric farmer feather fiddle finger fireplace flamingo flannel flute fossil
fountain fridge frost galaxy garden garlic gazelle giraffe glacier goblet
gondola grandfather grapefruit gravel guitar hamster harbor harmonica harvest
hedgehog helicopter helmet herring horizon hospital hotel hunter hurricane
iceberg igloo insect island ivory jaguar jasmine jellyfish jewel journal
kangaroo kayak kennel ketchup keyboard kitchen koala labyrinth ladder lantern
laundry lavender lemon leopard lettuce library lighthouse linen lizard lobster
locket magician magnet mandolin maple marathon meadow mechanic microscope mirror
mitten mosaic muffin museum mushroom mustard napkin nightingale noodle nutmeg
oasis ocean octopus olive onion orange orchid otter palace panda parrot pasture
peanut pebble pelican pencil piano picnic pigeon pillow pirate potato pumpkin
pupil puzzle python quarry quiver rabbit rhubarb ribbon ruby sailor satchel
scarf silver sketch slipper snail soldier spider squirrel stable stork sugar
sunset teapot temple thimble tortoise tractor trumpet tulip turtle umbrella
valley vanilla village violin volcano waffle wagon walnut whisper window yacht
yogurt zebra zigzag
"""
WORDS = tuple(_LIST.split())


def words(fingerprint: str) -> list[str]:
    """Write the first twelve bytes of a fingerprint as words.

    Args:
        fingerprint: SHA-256 of the first trust note, 64 hex digits.
    """
    return [WORDS[byte] for byte in _said(fingerprint)]


def numbers(fingerprint: str) -> list[str]:
    """Write the same twelve bytes as numbers of three digits, 000 to 255."""
    return [f"{byte:03d}" for byte in _said(fingerprint)]


def _said(fingerprint: str) -> bytes:
    return bytes.fromhex(fingerprint)[:WORDS_SAID]
