package entity

import "encoding/binary"

// clusters are classes of words that stand in like places of news text: they tell the tagger something of words
// that its corpora do not have. The table lies in the model file: slots of 8 bytes, open addressing by the low bits
// of a word's hash; tag (its high 32 bits, 0 for empty), fine class (2), coarse class (1), habit of writing (1).
type clusters struct {
	slots string
	mask  uint64
}

const clusterSlot = 8

// Cluster is the row of one word that is to be written.
type Cluster struct {
	Word          string // in lower case
	Fine          uint16
	Coarse, Habit uint8
}

func openClusters(slots string) clusters {
	n := uint64(len(slots) / clusterSlot)
	if n == 0 || n&(n-1) != 0 {
		return clusters{slots: string(make([]byte, clusterSlot))}
	}
	return clusters{slots, n - 1}
}

// find gives the classes of a word by the hash of its lower-case form, 0 where it has none.
func (c *clusters) find(lower uint64) (fine, coarse, habit uint64) {
	tag := clusterTag(lower)
	for slot := lower & c.mask; ; slot = (slot + 1) & c.mask {
		s := c.slots[slot*clusterSlot : slot*clusterSlot+clusterSlot]
		switch have := uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24; have {
		case 0:
			return 0, 0, 0
		case tag:
			return uint64(s[4]) | uint64(s[5])<<8, uint64(s[6]), uint64(s[7])
		}
	}
}

func clusterTag(lower uint64) uint32 { return uint32(lower>>32) | 1 }

// WriteClusters makes the section "clusters" of the model, each word once.
func WriteClusters(rows []Cluster) []byte {
	size := uint64(2)
	for int(size)*2 < len(rows)*3 {
		size *= 2
	}
	slots := make([]byte, size*clusterSlot)
	for _, r := range rows {
		lower := hashLower(r.Word)
		slot := lower & (size - 1)
		for binary.LittleEndian.Uint32(slots[slot*clusterSlot:]) != 0 {
			slot = (slot + 1) & (size - 1)
		}
		at := slots[slot*clusterSlot:]
		binary.LittleEndian.PutUint32(at, clusterTag(lower))
		binary.LittleEndian.PutUint16(at[4:], r.Fine)
		at[6], at[7] = r.Coarse, r.Habit
	}
	return slots
}
