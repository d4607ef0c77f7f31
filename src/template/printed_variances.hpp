// Printed variances: with which sign they stand, by their heading, by the letters beside them, by the most of a column.
#ifndef RISKSHARE_SRC_TEMPLATE_PRINTED_VARIANCES_HPP
#define RISKSHARE_SRC_TEMPLATE_PRINTED_VARIANCES_HPP

#include "template/finance_sheet.hpp"
#include "template/words/signs.hpp"

#include <cstddef>
#include <vector>

namespace riskshare::templates::detail {

/// What positive means in a column of variances: by the column of "F" and "A", "Fav" and "Adv" that stands beside it,
/// else by its heading.
words::variance_sense sense_of_column(const found_table&, std::string_view field);

/// The variance of a row; where letters stand beside it, favourable is positive whatever sign is printed.
cell_figure variance_in(const found_table&, std::uint32_t row, std::string_view field, std::vector<finding>&);

/// Which difference the figures of a line print.
words::difference printed_in(const plan_and_actual&);

/// Whether printed variances are to be turned to be favourable positive: `as_is` of the lines print actual less plan,
/// `other` plan less actual. Of lines whose own signs were turned, the most of them decide.
bool are_other_way_round(words::variance_sense, std::size_t as_is, std::size_t other, bool of_turned_lines);

/// Turns the variances of one column where they are the other way round.
void settle_variances(const std::vector<plan_and_actual*>&, words::variance_sense);

} // namespace riskshare::templates::detail

#endif
