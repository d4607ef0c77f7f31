// What a formula computes from the values that its workbook stores.
#ifndef RISKSHARE_WORKBOOK_FORMULA_HPP
#define RISKSHARE_WORKBOOK_FORMULA_HPP

#include <riskshare/workbook/cell.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook {

/// Cells that a formula reads.
struct reference {
    std::string sheet; ///< empty: the formula's own
    range cells;
    friend bool operator==(const reference&, const reference&) = default;
};

/// A formula taken apart. Cheap to copy.
class formula {
public:
    struct node;
    explicit formula(std::shared_ptr<const node> root) : root_(std::move(root)) {}
    const node& root() const noexcept { return *root_; }

    /// Every cell and range that stands in it, in order; names are resolved when it is evaluated, not here.
    std::vector<reference> references() const;
    /// Every defined name that stands in it, in order.
    std::vector<std::string> names() const;

private:
    std::shared_ptr<const node> root_;
};

/// Reads a formula as the file stores it, without "=". Fails, rule "formula.unsupported", for tables, other workbooks
/// and whatever else `evaluator` would not compute.
result<formula> parse_formula(std::string_view text);

/// Whether a stored result is what its formula gives.
enum class freshness : std::uint8_t {
    fresh,       ///< the stored result is what the stored inputs give
    stale,       ///< it is not
    not_checked, ///< no stored result, an error value, or a formula that is not evaluated here
};

struct recomputed {
    freshness state = freshness::not_checked;
    std::string value = {}; ///< what the inputs give, as cell text; empty when not checked
    std::string why = {};   ///< when not checked: the function or reference that is not evaluated, if that is why
};

/// Recomputes formulas from stored values, to compare them with the stored results. A spreadsheet computes in binary
/// fractions and so does this, on purpose: it answers "would the spreadsheet show this?", and no amount is taken from
/// it. Functions whose results depend on the day, on chance or on other files are never evaluated.
class evaluator {
public:
    /// \param most_cells cells that may be read before everything further counts as not checked
    explicit evaluator(const book&, std::size_t most_cells = 50'000'000);
    ~evaluator();

    /// \pre the sheet is one of the book's
    recomputed check(std::string_view sheet, const cell&);
    /// What a formula of this sheet gives; nothing when it is not evaluated here.
    std::optional<std::string> computed(std::string_view sheet, const std::string& formula);

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace riskshare::workbook

#endif
