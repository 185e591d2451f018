
2
xPlaceholder*
dtype0*
shape
:
2
yPlaceholder*
dtype0*
shape
:
D
sumAccumulateNV2xyx*
N*
T0*
shape
:"ª