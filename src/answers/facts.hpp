// Facts: one row a figure, for programs that read many months of many bodies at once.
#ifndef RISKSHARE_ANSWERS_FACTS_HPP
#define RISKSHARE_ANSWERS_FACTS_HPP

#include <riskshare/account.hpp>
#include <riskshare/figures.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::answers {

/// One row. An amount that was not read has no pounds: nobody said what it is of, nor its unit.
struct fact {
    std::string file, sheet, cell, table, body, scheme, measure, kind, period, basis;
    std::optional<exact> amount; ///< in pounds; a percentage or a number as it is
    std::string quantity;        ///< "money", "percent", "number"; empty where it was not read
    std::string unit, written;   ///< as the cell states it: "£000", "4744"
    bool total = false;          ///< printed as a total of other figures
    std::string state;           ///< in the account: "read", "proved", "working", "left"
};

/// The names of the columns, in order: those of `fact`, and `pence`, the amount in whole pence, halves away from zero.
inline constexpr std::array<const char*, 17> fact_columns{
    "file",  "sheet",  "cell",  "table",    "body", "scheme",  "measure", "kind",  "period",
    "basis", "amount", "pence", "quantity", "unit", "written", "total",   "state",
};
/// The values of a row as texts, by column; nothing where there is none.
std::array<std::optional<std::string>, fact_columns.size()> values_of(const fact&);

fact fact_of(const stated_figure&);

std::string facts_csv(const std::vector<fact>&);
/// One JSON object a line.
std::string facts_jsonl(const std::vector<fact>&);
/// A database with the table `facts`. Throws `input_refused` with rule "facts.no_sqlite" where SQLite was not built in.
std::string facts_sqlite(const std::vector<fact>&);

} // namespace riskshare::answers

#endif
