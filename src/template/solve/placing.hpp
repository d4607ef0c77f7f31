// Where each amount of a block lies in each dimension, by the texts around it.
#ifndef RISKSHARE_SRC_TEMPLATE_SOLVE_PLACING_HPP
#define RISKSHARE_SRC_TEMPLATE_SOLVE_PLACING_HPP

#include "template/solve/block.hpp"
#include "template/solve/description.hpp"
#include "template/solve/meaning.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::templates::solve {

/// A line of texts: a column of labels, a row of headings, the labels that stand over rows.
struct text_line {
    enum class of : std::uint8_t { labels, headings, sections };
    of kind = of::labels;
    std::uint32_t number = 0;
    friend bool operator<(const text_line& a, const text_line& b) {
        return std::pair(a.kind, a.number) < std::pair(b.kind, b.number);
    }
};

/// A text that an amount stands under or beside.
struct near_text {
    const meaning* what = nullptr;
    text_line in = {};
    provenance at = {};
};

/// What a description makes of an amount.
struct placing {
    enum class state : std::uint8_t {
        placed,
        aside,   ///< a per cent, a mark, the year before, a sum over months
        unknown, ///< no item is said of it
        unclear, ///< two are
    };
    state is = state::unknown;
    coordinates where = {};
    measure in = measure::money;
    provenance body_at = {};
    std::string doubt = {}; ///< a clause: "both \"opening\" and \"closing\" are said of it"
};

/// One block under one description.
class block_placing {
public:
    block_placing(const grid&, const block&, const description&, meanings&, std::string sheet);

    placing of(std::uint32_t row, std::uint32_t column) const;
    /// The texts of an amount, labels from the nearest on, then headings from the lowest up, then its section.
    std::vector<near_text> texts_of(std::uint32_t row, std::uint32_t column) const;
    /// Whether the table, its titles or its sheet speak of the description's subject.
    bool speaks_of_subject() const;
    /// The row of the first title that speaks of the subject, and so of this table alone; else that of its headings.
    std::uint32_t first_own_title() const;
    /// Sure items that labels and headings name; where they name none, a title may name the one that all amounts are
    /// of.
    std::size_t items_named() const { return title_item_ != nullptr ? 1 : items_; }

private:
    struct said_item {
        const item* what = nullptr;
        bool two = false;
    };
    /// What the texts of a line are mostly about.
    struct tally {
        std::size_t texts = 0, items = 0, bodies = 0, months = 0, quarters = 0, kinds = 0, others = 0;
    };

    bool says_subject(const meaning&) const;
    said_item item_in(const meaning&) const;
    void count(const near_text&);
    void count_lines();
    const meaning* heading(std::uint32_t row, std::uint32_t column) const;
    near_text label(std::uint32_t row, std::uint32_t column) const;
    void place_item(const std::vector<near_text>&, placing&) const;
    void place_total(const near_text&, placing&) const;
    void place_kind(const std::vector<near_text>&, placing&) const;
    void place_others(const std::vector<near_text>&, placing&) const;
    void measure_of(const std::vector<near_text>&, placing&) const;
    bool has(dimension) const;

    const grid& grid_;
    const block& block_;
    const description& of_;
    meanings& meanings_;
    std::vector<const meaning*> titles_; ///< the nearest first, the sheet's name last
    std::map<text_line, tally> lines_;
    std::size_t items_ = 0;
    const item* title_item_ = nullptr;
};

} // namespace riskshare::templates::solve

#endif
