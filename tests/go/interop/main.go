// Interop lets Go's own verifiers answer questions about signed notes and logs.
//
// It reads one JSON array of questions and writes the array of their answers, each
// {"ok": ...} or {"refused": "..."}. Bytes and hashes are in base64. The judging is
// done by golang.org/x/mod/sumdb; this program only carries bytes to it.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// height is the logarithm of a tile's width (C2SP tlog-tiles).
const height = 8

// question holds the fields of every verb; each reads its own.
type question struct {
	Do        string
	Note      []byte      // a signed note, or a whole `latest`
	Keys      []string    // verifier keys; of `sign`, signer keys
	Text      string      // to sign, ending in a line feed
	Name      string      // of a new key
	Seed      []byte      // of a new key, or of a witness's, 32 bytes
	Witnesses []string    // verifier keys of type 4
	Time      int64       // of a cosignature, seconds
	Origin    string      // first line of a checkpoint
	Dir       string      // where a log's tile/ stands
	Size, Old int64       // leaves of a log and of its beginning
	Root      tlog.Hash   // of the log of Size leaves
	OldRoot   tlog.Hash   // of the log of Old leaves
	Leaf      tlog.Hash   // hash of one entry
	Index     int64       // of a leaf, or of a tile among those of its level
	Level     int         // of a tile; -1 stands for entries
	Width     int         // hashes in a tile
	Path      []tlog.Hash // a proof
	Leaves    []int64     // indexes to prove
	Olds      []int64     // sizes of beginnings to prove
}

type fields map[string]any

var verbs = map[string]func(question) (any, error){
	"open":        func(q question) (any, error) { return open(q.Note, q.Keys) },
	"cosigned":    cosigned,
	"cosign":      cosign,
	"sign":        sign,
	"key":         key,
	"checkpoint":  func(q question) (any, error) { return checkpoint(q.Note, q.Keys, q.Origin) },
	"latest":      latest,
	"name":        name,
	"prove":       prove,
	"build":       build,
	"inclusion":   inclusion,
	"consistency": consistency,
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		log.Fatal(err)
	}
	answers := make([]fields, len(questions))
	for i, q := range questions {
		answer, err := verbs[q.Do](q)
		answers[i] = fields{"ok": answer}
		if err != nil {
			answers[i] = fields{"refused": err.Error()}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}

// open verifies a note and gives its text and who signed, as name+id, sorted.
func open(data []byte, vkeys []string) (fields, error) {
	var known []note.Verifier
	for _, vkey := range vkeys {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			return nil, err
		}
		known = append(known, verifier)
	}
	opened, err := note.Open(data, note.VerifierList(known...))
	if err != nil {
		return nil, err
	}
	signers := []string{}
	for _, signature := range opened.Sigs {
		signers = append(signers, fmt.Sprintf("%s+%08x", signature.Name, signature.Hash))
	}
	sort.Strings(signers)
	return fields{"text": opened.Text, "signers": signers}, nil
}

// witness verifies and makes cosignatures (C2SP tlog-cosignature) for Go's notes.
type witness struct {
	name   string
	public ed25519.PublicKey
	secret ed25519.PrivateKey
	time   int64
}

func (w witness) Name() string { return w.name }

func (w witness) KeyHash() uint32 {
	named := append([]byte(w.name+"\n\x04"), w.public...)
	sum := sha256.Sum256(named)
	return binary.BigEndian.Uint32(sum[:])
}

func (w witness) message(text []byte, time uint64) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), text...)
}

func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	return ed25519.Verify(w.public, w.message(text, time), signature[8:])
}

func (w witness) Sign(text []byte) ([]byte, error) {
	stamped := binary.BigEndian.AppendUint64(nil, uint64(w.time))
	return append(stamped, ed25519.Sign(w.secret, w.message(text, uint64(w.time)))...), nil
}

// watching reads the verifier key of a witness; Go's library knows type 1 alone.
func watching(vkey string) (witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return witness{}, errors.New("malformed verifier key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return witness{}, errors.New("no key of a witness")
	}
	found := witness{name: parts[0], public: key[1:]}
	if parts[1] != fmt.Sprintf("%08x", found.KeyHash()) {
		return witness{}, errors.New("wrong key id")
	}
	return found, nil
}

// cosigned opens a checkpoint and names who signed and cosigned it.
func cosigned(q question) (any, error) {
	var known []note.Verifier
	for _, vkey := range q.Keys {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			return nil, err
		}
		known = append(known, verifier)
	}
	for _, vkey := range q.Witnesses {
		verifier, err := watching(vkey)
		if err != nil {
			return nil, err
		}
		known = append(known, verifier)
	}
	opened, err := note.Open(q.Note, note.VerifierList(known...))
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, signature := range opened.Sigs {
		names = append(names, signature.Name)
	}
	sort.Strings(names)
	return fields{"text": opened.Text, "signers": names}, nil
}

// cosign adds a cosignature to a note, as a witness written in Go does.
func cosign(q question) (any, error) {
	verifier, err := note.NewVerifier(q.Keys[0])
	if err != nil {
		return nil, err
	}
	opened, err := note.Open(q.Note, note.VerifierList(verifier))
	if err != nil {
		return nil, err
	}
	secret := ed25519.NewKeyFromSeed(q.Seed)
	public := secret.Public().(ed25519.PublicKey)
	return note.Sign(opened, witness{q.Name, public, secret, q.Time})
}

// sign gives the whole note.
func sign(q question) (any, error) {
	var signers []note.Signer
	for _, skey := range q.Keys {
		signer, err := note.NewSigner(skey)
		if err != nil {
			return nil, err
		}
		signers = append(signers, signer)
	}
	return note.Sign(&note.Note{Text: q.Text}, signers...)
}

// key makes a signer key and its verifier key.
func key(q question) (any, error) {
	skey, vkey, err := note.GenerateKey(bytes.NewReader(q.Seed), q.Name)
	return fields{"signer": skey, "verifier": vkey}, err
}

// checkpoint opens a checkpoint and reads its three lines. Go's reader knows one
// origin only, so that line is checked here and put in the place of the other.
func checkpoint(data []byte, vkeys []string, origin string) (tlog.Tree, error) {
	opened, err := open(data, vkeys)
	if err != nil {
		return tlog.Tree{}, err
	}
	found, rest, _ := strings.Cut(opened["text"].(string), "\n")
	if found != origin {
		return tlog.Tree{}, fmt.Errorf("origin %q", found)
	}
	return tlog.ParseTree([]byte("go.sum database tree\n" + rest))
}

// latest verifies a whole `latest`: Keys are the service's and the log's.
func latest(q question) (any, error) {
	at := bytes.Index(q.Note, []byte("\nc2sp.org/tlog-proof@v1\nindex ")) + 1
	if at == 0 {
		return nil, errors.New("no proof")
	}
	entry := q.Note[:at]
	statement, err := open(entry, q.Keys[:1])
	if err != nil {
		return nil, err
	}
	head, signed, _ := bytes.Cut(q.Note[at:], []byte("\n\n"))
	tree, err := checkpoint(signed, q.Keys[1:], q.Origin)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(string(head), "\n")
	var index int64
	if _, err := fmt.Sscanf(lines[1], "index %d", &index); err != nil {
		return nil, err
	}
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		path = append(path, hash)
	}
	err = tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry))
	return fields{"text": statement["text"], "index": index, "size": tree.N}, err
}

// where writes a tile's path as C2SP tlog-tiles does: Go's names the height and data.
func where(tile tlog.Tile) string {
	path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
	return strings.Replace(path, "tile/data/", "tile/entries/", 1)
}

func name(q question) (any, error) {
	return where(tlog.Tile{H: height, L: q.Level, N: q.Index, W: q.Width}), nil
}

// tiles serves a directory of tiles and remembers which were found valid.
type tiles struct {
	dir   string
	valid map[string]bool
}

func (t tiles) Height() int { return height }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		content, err := os.ReadFile(filepath.Join(t.dir, where(tile)))
		if err != nil {
			return nil, err
		}
		data = append(data, content)
	}
	return data, nil
}

func (t tiles) SaveTiles(found []tlog.Tile, _ [][]byte) {
	for _, tile := range found {
		t.valid[where(tile)] = true
	}
}

// prove reads every hash of a log from its tiles, each checked against Root, and
// proves Leaves and Olds from them.
func prove(q question) (any, error) {
	served := tiles{q.Dir, map[string]bool{}}
	reader := tlog.TileHashReader(tlog.Tree{N: q.Size, Hash: q.Root}, served)
	stored := make([]int64, tlog.StoredHashCount(q.Size))
	for i := range stored {
		stored[i] = int64(i)
	}
	if _, err := reader.ReadHashes(stored); err != nil {
		return nil, err
	}
	root, err := tlog.TreeHash(q.Size, reader)
	if err != nil {
		return nil, err
	}
	records, trees := []tlog.RecordProof{}, []tlog.TreeProof{}
	for _, leaf := range q.Leaves {
		proof, err := tlog.ProveRecord(q.Size, leaf, reader)
		if err != nil {
			return nil, err
		}
		records = append(records, proof)
	}
	for _, old := range q.Olds {
		proof, err := tlog.ProveTree(q.Size, old, reader)
		if err != nil {
			return nil, err
		}
		trees = append(trees, proof)
	}
	return fields{"root": root, "inclusion": records, "consistency": trees, "valid": served.valid}, nil
}

// build hashes a log anew from its entry bundles: root, and content of each tile that
// Go would publish on the way to Size.
func build(q question) (any, error) {
	var hashes []tlog.Hash
	stored := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, hashes[index])
		}
		return found, nil
	})
	for n := int64(0); n < q.Size; {
		entries, err := bundle(q.Dir, n>>height, q.Size)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			grown, err := tlog.StoredHashes(n, entry, stored)
			if err != nil {
				return nil, err
			}
			hashes, n = append(hashes, grown...), n+1
		}
	}
	content := map[string][]byte{}
	for _, tile := range tlog.NewTiles(height, 0, q.Size) {
		data, err := tlog.ReadTileData(tile, stored)
		if err != nil {
			return nil, err
		}
		content[where(tile)] = data
	}
	root, err := tlog.TreeHash(q.Size, stored)
	return fields{"root": root, "tiles": content}, err
}

// bundle reads the entries of one run, each after its length (C2SP tlog-tiles).
func bundle(dir string, index, size int64) ([][]byte, error) {
	width := size - index<<height
	if width > 1<<height {
		width = 1 << height
	}
	tile := tlog.Tile{H: height, L: -1, N: index, W: int(width)}
	data, err := os.ReadFile(filepath.Join(dir, where(tile)))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries, data = append(entries, data[2:end]), data[end:]
	}
	if int64(len(entries)) != width {
		return nil, fmt.Errorf("%d entries in %s", len(entries), where(tile))
	}
	return entries, nil
}

func inclusion(q question) (any, error) {
	return nil, tlog.CheckRecord(q.Path, q.Size, q.Root, q.Index, q.Leaf)
}

func consistency(q question) (any, error) {
	return nil, tlog.CheckTree(q.Path, q.Size, q.Root, q.Old, q.OldRoot)
}
