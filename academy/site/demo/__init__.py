"""The academy of May 2020 as demonstration data: invented people in files of the usual shapes."""
