package register

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Deal is a row of the SIPRI trade register. The TIV (trend-indicator value) measures the capability of the arms; it
// is no price and compares with no sum of money.
type Deal struct {
	ID           string `json:"id,omitempty"` // SIPRI's, where the export has one
	Supplier     Party  `json:"supplier"`
	Recipient    Party  `json:"recipient"`
	Ordered      int    `json:"ordered,omitempty"` // year
	OrderedGuess bool   `json:"ordered_estimate,omitempty"`
	Number       Count  `json:"number_ordered"`
	Designation  string `json:"designation"`
	Description  string `json:"description,omitempty"`
	Category     string `json:"category,omitempty"` // SIPRI's armament category
	Delivered    Count  `json:"number_delivered"`
	Years        []int  `json:"delivery_years,omitempty"`
	YearsGuess   bool   `json:"delivery_years_estimate,omitempty"`
	Status       string `json:"status,omitempty"` // new, second hand …
	Comments     string `json:"comments,omitempty"`
	TIVUnit      Count  `json:"tiv_unit"`
	TIVOrder     Count  `json:"tiv_order"`
	TIVDelivered Count  `json:"tiv_delivered"`
	Local        string `json:"local_production,omitempty"`
}

// dealSets are the columns by which a SIPRI table is recognised.
var dealSets = [][]string{{"supplier", "recipient", "designation", "order_year|delivery_years"}}

func (g *Reader) readSIPRI(in io.Reader, to Sink) error {
	t, err := openTable(in, g.deals, to.Refuse, dealSets...)
	if err != nil {
		return err
	}
	known, count := seen{}, map[string]int{}
	for {
		r, ok, err := t.next()
		if err != nil || !ok {
			return err
		}
		deal, err := readDeal(r, g.names)
		if err != nil {
			to.Refuse(Refusal{r.line, err.Error()})
			continue
		}
		e := dealEntry(deal, r.line)
		if deal.ID != "" {
			if before := known.again(e.Key, r.line); before > 0 {
				to.Refuse(Refusal{r.line, fmt.Sprintf("the deal %s with these years of delivery stands on line %d already", shorten(deal.ID), before)})
				continue
			}
		} else { // SIPRI keeps deals apart that its table does not: the first, the second … of their kind
			count[e.Key]++
			e.Key += "\x1f" + strconv.Itoa(count[e.Key])
		}
		if err := to.Entry(e); err != nil {
			return err
		}
	}
}

func readDeal(r *row, names *Names) (*Deal, error) {
	d := &Deal{
		ID: r.cell("id"), Supplier: names.Party(r.cell("supplier")), Recipient: names.Party(r.cell("recipient")), Designation: r.cell("designation"),
		Description: r.cell("description"), Category: r.cell("category"), Status: r.cell("status"), Comments: r.cell("comments"), Local: r.cell("local"),
	}
	if d.Supplier.Name == "" || d.Recipient.Name == "" || d.Designation == "" && d.Description == "" {
		return nil, fmt.Errorf("the row names no supplier, no recipient or no weapon")
	}
	if err := d.readYears(r); err != nil {
		return nil, err
	}
	for _, n := range []struct {
		field string
		to    *Count
	}{{"number_ordered", &d.Number}, {"number_delivered", &d.Delivered}, {"tiv_unit", &d.TIVUnit}, {"tiv_order", &d.TIVOrder}, {"tiv_delivered", &d.TIVDelivered}} {
		value, err := number(r.cell(n.field))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", strings.ReplaceAll(n.field, "_", " "), err)
		}
		value.Estimate = value.Estimate || yes(r.cell(n.field+estimate))
		*n.to = value
	}
	return d, nil
}

func (d *Deal) readYears(r *row) (err error) {
	if d.Ordered, d.OrderedGuess, err = year(r.cell("order_year")); err != nil {
		return fmt.Errorf("order: %w", err)
	}
	d.OrderedGuess = d.OrderedGuess || yes(r.cell("order_year"+estimate))
	if d.Years, d.YearsGuess, err = years(r.cell("delivery_years")); err != nil {
		return fmt.Errorf("delivery: %w", err)
	}
	d.YearsGuess = d.YearsGuess || yes(r.cell("delivery_years"+estimate))
	return nil
}

// dealEntry names a deal by what does not change from edition to edition.
func dealEntry(d *Deal, line int) *Entry {
	key := []string{d.Supplier.Name, d.Recipient.Name, strconv.Itoa(d.Ordered), d.Designation, d.Description}
	if d.ID != "" { // such exports have a row for each year of delivery
		key = []string{d.ID, fmt.Sprint(d.Years)}
	}
	e := &Entry{Kind: KindDeal, Key: strings.Join(key, "\x1f"), Subject: d.Supplier.Code, Object: d.Recipient.Code, Line: line, Body: body(d)}
	first, last := d.Ordered, d.Ordered
	for _, y := range d.Years {
		if first == 0 || y < first {
			first = y
		}
		last = max(last, y)
	}
	if first > 0 {
		e.First, e.Last = fmt.Sprintf("%04d-01-01", first), fmt.Sprintf("%04d-12-31", last)
	}
	return e
}
