"""Take archives apart: zip, WACZ, WARC, gzip; what comes out is bytes with a name.

members  a file or a stream -> members, one at a time, whatever the archive is
zips     zip and WACZ
warcs    WARC and ARC, compressed or not
bounded  reading that stops where a bomb would go on

Nothing is written to a disk, so no name can lead out of a folder; nothing is fetched.
"""
