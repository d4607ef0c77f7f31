// What became of every cell that holds something: no figure of a workbook is lost in silence.
#ifndef RISKSHARE_ACCOUNT_HPP
#define RISKSHARE_ACCOUNT_HPP

#include <riskshare/provenance.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace riskshare {

/// Each cell is in exactly one state. Amounts are numbers, and texts that are one, such as "£1.2m".
enum class cell_state : std::uint8_t {
    read,      ///< a figure of the answer, or of a table that was read for it
    proved,    ///< a total or difference that the figures read give
    working,   ///< a formula that works with figures read
    no_amount, ///< a text, date, year, identifier, percentage or count
    left,      ///< an amount that was not read, with a reason
};
const char* to_string(cell_state);

/// An amount that was not read.
struct left_amount {
    provenance at;
    std::string amount;           ///< as the cell stores it
    std::string why;              ///< a clause: "no table was found"
    bool in_table = false;        ///< between the rows of a table that was read, so that the answer lacks it
    bool unheaded = false;        ///< in the rows of a table that was read, in a column without a heading
    bool in_other_column = false; ///< in the rows of a table that was read, in a column with a heading of its own
};

/// The amounts of one sheet that were left for one reason.
struct left_group {
    provenance sheet; ///< the sheet as a whole
    std::string why;
    std::size_t amounts = 0;
};

/// One cell and its state; only where they were asked for.
struct cell_account {
    provenance at;
    cell_state state = cell_state::left;
    std::string text; ///< as the cell stores it
    std::string what; ///< what it was read as, or why it was left
};

/// The account of one workbook or of several. `cells()` is the number of all cells that hold something.
struct account {
    std::size_t read = 0, proved = 0, workings = 0, no_amount = 0, left = 0;
    std::size_t tables = 0;                      ///< with a figure that was read
    std::vector<left_group> left_by_sheet = {};  ///< all of `left`, the largest group of a sheet first
    std::vector<left_amount> left_amounts = {};  ///< the first `most_listed` of them
    std::vector<provenance> not_recognised = {}; ///< sheets that hold amounts, of which none was read
    std::vector<provenance> without_proof = {};  ///< sheets too large for totals to be looked for
    std::vector<cell_account> each = {};         ///< where it was asked for
    static constexpr std::size_t most_listed = 2'000;

    std::size_t cells() const { return read + proved + workings + no_amount + left; }
    std::size_t amounts() const { return cells() - no_amount; }
    void add(const account&);
};

/// "312 of 340 amounts read or proved in 4 tables; left: 14 on 'Cash', where no table was found; 10 on 2 other sheets";
/// empty where the workbooks hold no amounts.
std::string one_line(const account&);

// ---------------------------------------------------------------------------------------------------------------------

inline const char* to_string(cell_state s) {
    static constexpr const char* names[] = {"read", "proved", "working", "no_amount", "left"};
    return names[static_cast<std::size_t>(s)];
}

inline void account::add(const account& other) {
    read += other.read, proved += other.proved, workings += other.workings;
    no_amount += other.no_amount, left += other.left, tables += other.tables;
    const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(left_by_sheet, other.left_by_sheet);
    append(left_amounts, other.left_amounts);
    if (left_amounts.size() > most_listed) left_amounts.resize(most_listed);
    append(not_recognised, other.not_recognised);
    append(without_proof, other.without_proof);
    append(each, other.each);
}

} // namespace riskshare

#endif
