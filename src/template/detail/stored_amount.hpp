// The amount that a stored number stands for.
#ifndef RISKSHARE_SRC_TEMPLATE_DETAIL_STORED_AMOUNT_HPP
#define RISKSHARE_SRC_TEMPLATE_DETAIL_STORED_AMOUNT_HPP

#include <riskshare/decimal.hpp>
#include <riskshare/unit.hpp>

#include <string_view>

namespace riskshare::templates::detail {

/// A stored number without the noise of the subtraction or sum that gave it: 36990.1 − 36511.631 is stored as
/// 478.46899999999 where 478.469 is meant. Money is reckoned in binary fractions of 53 bits, whose error on ten
/// thousand million pounds is a millionth of a pound; so a number of fourteen digits or more that lies within five of
/// these of one of whole tenths of a penny (and at most six decimal places) is that one. A third, or a number that was
/// typed, stays as it is. Fails as `decimal_of_stored` does.
result<decimal> stored_amount(std::string_view stored, unit);

} // namespace riskshare::templates::detail

#endif
